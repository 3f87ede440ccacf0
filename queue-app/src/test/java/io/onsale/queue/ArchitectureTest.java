package io.onsale.queue;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.onsale.local.rules.HouseRules;

@AnalyzeClasses(packages = "io.onsale.queue", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule nothingBlocks = HouseRules.NOTHING_BLOCKS;

    @ArchTest
    static final ArchRule scriptsHaveOneRunner = HouseRules.SCRIPTS_HAVE_ONE_RUNNER;

    @ArchTest
    static final ArchRule callsHaveOneMaker = HouseRules.CALLS_HAVE_ONE_MAKER;

    @ArchTest
    static final ArchRule settingsAreTyped = HouseRules.SETTINGS_ARE_TYPED;

    @ArchTest
    static final ArchRule timeComesFromAClock = HouseRules.TIME_COMES_FROM_A_CLOCK;

    @ArchTest
    static final ArchRule nothingIsPrinted = HouseRules.NOTHING_IS_PRINTED;

    @ArchTest
    static final ArchRule packagesAreNullMarked = HouseRules.PACKAGES_ARE_NULL_MARKED;

    @ArchTest
    static final ArchRule kafkaHasOneDoor = HouseRules.KAFKA_HAS_ONE_DOOR;

    @ArchTest
    static final ArchRule packagesFormLayers = HouseRules.noCyclesUnder("io.onsale.queue");

    @ArchTest
    static final ArchRule subscriptionsHaveAnOwner = HouseRules.subscriptionsBelongTo(
            // An operator's act is done when it is done; the log holds it where its record cannot be sent.
            "io.onsale.queue.control.ControlAudit",
            // What operators set holds at once; the brokers, and a store that forgot it, hear of it as soon as they
            // can.
            "io.onsale.queue.control.Controls",
            "io.onsale.queue.control.ControlKeeper",
            // Reads for many streams at once outlive the stream that asked first.
            "io.onsale.queue.stream.ExactPlaces",
            // Others are told of a departure; whoever leaves does not wait for that, nor is it lost when they hang up.
            "io.onsale.queue.waiting.Departures",
            "io.onsale.queue.waiting.WaitingRoom");
}
