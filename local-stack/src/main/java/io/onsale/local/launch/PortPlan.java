package io.onsale.local.launch;

/** Every port of the system; instances are counted from 1. Management ports are for this machine only. */
record PortPlan(int offset) {

    int gateway() {
        return 8080 + offset;
    }

    int queue(int instance) {
        return 8110 + instance - 1 + offset;
    }

    int ticketing(int instance) {
        return 8120 + instance - 1 + offset;
    }

    int sandbox() {
        return 8130 + offset;
    }

    int smtp() {
        return 8131 + offset;
    }

    int postgres() {
        return 8140 + offset;
    }

    int redis() {
        return 8150 + offset;
    }

    int kafka() {
        return 8160 + offset;
    }

    int kafkaController() {
        return 8161 + offset;
    }

    int proxyControl() {
        return 8190 + offset;
    }

    int proxiedPostgres() {
        return 8191 + offset;
    }

    int proxiedRedis() {
        return 8192 + offset;
    }

    int gatewayManagement() {
        return 8170 + offset;
    }

    int queueManagement(int instance) {
        return 8170 + instance + offset;
    }

    int ticketingManagement(int instance) {
        return 8180 + instance + offset;
    }
}
