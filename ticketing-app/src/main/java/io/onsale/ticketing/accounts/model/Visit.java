package io.onsale.ticketing.accounts.model;

/**
 * Where a request comes from.
 *
 * @param ip as the trusted proxy told; empty when unknown
 * @param userAgent at most {@value #MAX_USER_AGENT} characters of the header; empty when there is none
 */
public record Visit(String ip, String userAgent) {
    private static final int MAX_USER_AGENT = 400;

    public Visit {
        userAgent = userAgent.replaceAll("\\p{Cntrl}", " ");
        userAgent = userAgent.length() > MAX_USER_AGENT ? userAgent.substring(0, MAX_USER_AGENT) : userAgent;
    }
}
