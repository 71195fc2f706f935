package io.multicloudboutique.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.RestController;

/** What holds for the code of every service; a service's test extends it and names its package. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // to import the classes takes a second
public abstract class ArchitectureRules {

    static final List<Named<ArchRule>> RULES = List.of(
            Named.of(
                    "generated types stay in controllers and mappings",
                    noClasses()
                            .that(resideOutsideOfPackages("..api.."))
                            .and()
                            .haveSimpleNameNotEndingWith("Controller")
                            .and()
                            .haveSimpleNameNotEndingWith("Mapping")
                            .should()
                            .dependOnClassesThat(resideInAPackage("io.multicloudboutique.*.api..")
                                    .and(resideOutsideOfPackages("io.multicloudboutique.shared.api")))),
            Named.of(
                    "controllers are the ones that answer",
                    classes()
                            .that()
                            .areAnnotatedWith(RestController.class)
                            .should()
                            .haveSimpleNameEndingWith("Controller")),
            Named.of(
                    "services end in Service",
                    classes()
                            .that()
                            .areAnnotatedWith(Service.class)
                            .should()
                            .haveSimpleNameEndingWith("Service")
                            .allowEmptyShould(true)),
            Named.of(
                    "repositories end in Repository",
                    classes()
                            .that()
                            .areAnnotatedWith(Repository.class)
                            .should()
                            .haveSimpleNameEndingWith("Repository")),
            Named.of(
                    "SQL stays in repositories",
                    noClasses()
                            .that()
                            .areNotAnnotatedWith(Repository.class)
                            .should()
                            .dependOnClassesThat(resideInAPackage("org.springframework.r2dbc.core.."))),
            Named.of(
                    "features do not depend on each other in circles",
                    slices().matching("io.multicloudboutique.*.(*)..").should().beFreeOfCycles()));

    private final JavaClasses classes;
    private final JavaClasses tests;

    /** @param servicePackage the service's package; its tests are looked at too */
    protected ArchitectureRules(String servicePackage) {
        var importer = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS);
        classes = importer.importPackages(servicePackage);
        tests = importer.withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(servicePackage);
    }

    @Test
    void testsTalkHttpThroughTheClientThatChecksTheContract() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.net.http..")
                        .or(resideInAPackage("org.springframework.test.web.."))
                        .or(resideInAPackage("org.springframework.web.client.."))
                        .or(resideInAPackage("org.springframework.web.reactive.function.client.."))
                        .or(resideInAPackage("reactor.netty.http.client..")))
                .check(tests);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("RULES")
    void theRuleHolds(ArchRule rule) {
        rule.check(classes);
    }
}
