package io.onsale.gateway;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.onsale.local.rules.HouseRules;

@AnalyzeClasses(packages = "io.onsale.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
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
    static final ArchRule packagesFormLayers = HouseRules.noCyclesUnder("io.onsale.gateway");

    @ArchTest
    static final ArchRule subscriptionsHaveAnOwner = HouseRules.subscriptionsBelongTo(
            // Throws away what has just lost its owner.
            "io.onsale.gateway.resilience.UnsentEvents");
}
