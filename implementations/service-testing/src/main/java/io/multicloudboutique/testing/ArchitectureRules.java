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

/**
 * The architecture rules for the code of every service. A service's test extends this class and passes the service's
 * package.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // because importing the classes takes a second
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
                    "controllers end in Controller",
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
                    "features have no cyclic dependencies",
                    slices().matching("io.multicloudboutique.*.(*)..").should().beFreeOfCycles()));

    private final JavaClasses classes;
    private final JavaClasses tests;

    /** @param servicePackage the service's package, including its tests */
    protected ArchitectureRules(String servicePackage) {
        var importer = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS);
        classes = importer.importPackages(servicePackage);
        tests = importer.withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(servicePackage);
    }

    @Test
    void testsSendRequestsOnlyWithTheClientThatChecksTheContract() {
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
