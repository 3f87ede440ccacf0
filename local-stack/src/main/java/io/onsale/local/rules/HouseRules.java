package io.onsale.local.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.NullMarked;

/**
 * What holds in every module. ArchUnit fails a rule that matches no class at all, so none of them passes by looking
 * in the wrong place.
 */
public final class HouseRules {
    private static final String PUBLISHERS = "reactor\\.core\\.publisher\\.(Mono|Flux|ParallelFlux|ConnectableFlux)";

    private HouseRules() {}

    /** Waiting is done by callbacks. */
    public static final ArchRule NOTHING_BLOCKS = noClasses()
            .that(areNot("io.onsale.platform.redis.Redis", "io.onsale.platform.postgres.PostgresAutoConfiguration"))
            .should()
            .callMethodWhere(
                    target(owner(nameMatching(PUBLISHERS))).and(target(nameMatching("block.*|toIterable|toStream"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep|join"))))
            .because("a blocked event loop stops every request on it; the two exceptions connect at start");

    /** Work belongs to whoever asked for it. */
    public static ArchRule subscriptionsBelongTo(String... others) {
        return noClasses()
                .that(areNot(others))
                .and(DescribedPredicate.not(assignableTo("org.springframework.context.Lifecycle")))
                .and(DescribedPredicate.not(assignableTo("org.springframework.beans.factory.DisposableBean")))
                .should()
                .callMethodWhere(target(owner(nameMatching(PUBLISHERS))).and(target(nameMatching("subscribe"))))
                .because("what is subscribed to by hand has no owner: only what Spring starts and stops may do it,"
                        + " and the classes named in the test for the reason given there")
                .allowEmptyShould(false);
    }

    /** One package knows the library that carries events. */
    public static final ArchRule KAFKA_HAS_ONE_DOOR = noClasses()
            .that()
            .resideOutsideOfPackage("io.onsale.platform.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor.kafka..", "org.apache.kafka..")
            .because("reactor-kafka is no longer developed: it must be replaceable in one place");

    /** One maker of HTTP clients. */
    public static final ArchRule CALLS_HAVE_ONE_MAKER = noClasses()
            .that()
            .resideOutsideOfPackage("io.onsale.platform.calls..")
            .should()
            .callMethodWhere(
                    target(nameMatching("create|builder")).and(target(owner(nameMatching(".*\\.client\\.WebClient")))))
            .because("a client made otherwise loses the answer of a call that is given up just as it arrives");

    /** One runner for all scripts. */
    public static final ArchRule SCRIPTS_HAVE_ONE_RUNNER = noClasses()
            .that()
            .resideOutsideOfPackage("io.onsale.platform.redis..")
            .should()
            .callMethodWhere(target(nameMatching("eval|evalsha|evalReadOnly|evalshaReadOnly|fcall"))
                    .and(target(owner(DescribedPredicate.describe(
                            "Lettuce", type -> type.getPackageName().startsWith("io.lettuce"))))))
            .because("the runner loads scripts again after a flush and counts them");

    /** Rules of the field stay free of frameworks. */
    public static final ArchRule MODELS_ARE_PURE = noClasses()
            .that()
            .resideInAPackage("..model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..", "io.lettuce..", "tools.jackson..")
            .because("a rule that needs no framework can be read, and tested in microseconds, by itself");

    /** Settings are found in one validated record per module. */
    public static final ArchRule SETTINGS_ARE_TYPED = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .because("settings belong into @ConfigurationProperties records, collaborators into constructors");

    /** Tests can tell the time. */
    public static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses()
            .that(areNot("io.onsale.platform.redis.Redis"))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .because("what reads the machine's clock cannot be tested at another time; take a Clock."
                    + " Connecting at start may look at its watch");

    /** Logs, not prints. */
    public static final ArchRule NOTHING_IS_PRINTED = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    /** Null is always said. */
    public static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    if (!marked) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            })
            .because("NullAway looks only where it is asked to");

    /** Packages under {@code root} form layers. */
    public static ArchRule noCyclesUnder(String root) {
        return slices().matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package");
    }

    private static DescribedPredicate<JavaClass> areNot(String... names) {
        return DescribedPredicate.describe("are none of the named exceptions", type -> {
            String top = type.getName().replaceAll("\\$.*", "");
            for (String name : names) {
                if (top.equals(name)) {
                    return false;
                }
            }
            return true;
        });
    }
}
