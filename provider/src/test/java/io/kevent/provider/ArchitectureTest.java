// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The house's order: who may know whom, and who may touch the JDK's internals. */
class ArchitectureTest {
    private static final String ROOT = "io.kevent.provider";

    /** Built to break each rule. */
    private static final String WRONG = ROOT + ".architecture";

    private static final JavaClasses HOUSE = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.kevent");
    private static final JavaClasses WRONG_HOUSE = new ClassFileImporter().importPackages(WRONG);

    private static ArchRule layersPointOneWay(String root) {
        return layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("kernel").definedBy(root + ".kernel")
                .layer("core").definedBy(root + ".core")
                .optionalLayer("figures").definedBy(root + ".figures")
                .layer("selector").definedBy(root + ".selector")
                .optionalLayer("queue").definedBy(root + ".queue")
                .optionalLayer("filter").definedBy(root + ".filter")
                .optionalLayer("root").definedBy(root)
                .optionalLayer("adoption").definedBy(root + ".adoption")
                .whereLayer("adoption").mayNotBeAccessedByAnyLayer()
                .whereLayer("root").mayOnlyBeAccessedByLayers("adoption")
                .whereLayer("selector").mayOnlyBeAccessedByLayers("root", "adoption")
                .whereLayer("filter").mayOnlyBeAccessedByLayers("root")
                .whereLayer("queue").mayOnlyBeAccessedByLayers("filter", "root")
                .whereLayer("figures").mayOnlyBeAccessedByLayers("selector", "queue", "root", "adoption")
                .whereLayer("core").mayOnlyBeAccessedByLayers("figures", "selector", "queue", "filter", "root", "adoption");
    }

    private static ArchRule publicApiKnowsNobody() {
        return noClasses().that().resideInAPackage("io.kevent").should().dependOnClassesThat().resideInAPackage(ROOT + "..");
    }

    private static ArchRule internalsAreKnownToTheKernelOnly(String root) {
        return noClasses().that().resideOutsideOfPackage(root + ".kernel").should().dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..", "com.sun..");
    }

    /** VarHandles of a class's own fields are memory order, not binding. */
    private static ArchRule methodsAreBoundByTheKernelOnly(String root) {
        return noClasses().that().resideOutsideOfPackage(root + ".kernel").should().dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.invoke.MethodHandle")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.invoke.MethodType")
                .orShould().dependOnClassesThat().resideInAPackage("java.lang.reflect..")
                .orShould().callMethod(MethodHandles.class, "privateLookupIn", Class.class, MethodHandles.Lookup.class)
                .orShould().callMethod(Class.class, "forName", String.class);
    }

    private static void assertNotices(ArchRule rule, String className) {
        List<String> details = rule.evaluate(WRONG_HOUSE).getFailureReport().getDetails();
        assertTrue(details.stream().anyMatch(detail -> detail.contains(className)), () -> className + " was not noticed: " + details);
    }

    /** The classes whose compiled form holds a text, which no dependency shows. */
    private static Set<String> classesThatName(String text, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class")).filter(file -> contains(file, text))
                    .map(file -> file.getFileName().toString().replace(".class", "")).collect(Collectors.toSet());
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classesOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void importedHouseIsNotEmpty() {
        for (String part : new String[] {"kernel", "core", "figures", "selector", "queue", "filter"}) {
            assertFalse(HOUSE.that(JavaClass.Predicates.resideInAPackage(ROOT + "." + part)).isEmpty(), part);
        }
    }

    @Test
    void dependenciesPointOneWay() {
        layersPointOneWay(ROOT).check(HOUSE);
    }

    @Test
    void publicApiDependsOnNothingOfOurs() {
        publicApiKnowsNobody().check(HOUSE);
    }

    @Test
    void internalsAreUsedByTheKernelOnly() {
        internalsAreKnownToTheKernelOnly(ROOT).check(HOUSE);
    }

    @Test
    void foreignMethodsAreBoundByTheKernelOnly() {
        methodsAreBoundByTheKernelOnly(ROOT).check(HOUSE);
    }

    @Test
    void internalsAreNamedByTheBindingAndByWhoAsksForAccess() throws Exception {
        // Environment names the package in the flag that it tells the user to set
        assertEquals(Set.of("Binding", "Environment"), classesThatName("sun.nio.ch", classesOf(KeventSelectorProvider.class)));
    }

    @Test
    void managementAndRecorderAreKnownToTheFiguresOnly() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".figures").and().resideInAPackage(ROOT + "..").should().dependOnClassesThat()
                .resideInAnyPackage("javax.management..", "java.lang.management..", "jdk.jfr..").check(HOUSE);
    }

    @Test
    void dependencyFromCoreToSelectorIsNoticed() {
        assertNotices(layersPointOneWay(WRONG), "CoreThatKnowsTheSelector");
    }

    @Test
    void dependencyFromKernelToCoreIsNoticed() {
        assertNotices(layersPointOneWay(WRONG), "KernelThatKnowsTheCore");
    }

    @Test
    void bindingOfForeignMethodsIsNoticed() {
        assertNotices(methodsAreBoundByTheKernelOnly(WRONG), "CoreThatBindsMethods");
    }

    @Test
    void loadingOfClassesByNameIsNoticed() {
        assertNotices(methodsAreBoundByTheKernelOnly(WRONG), "CoreThatNamesInternals");
    }

    @Test
    void nameOfInternalsIsNoticed() throws Exception {
        Path wrong = classesOf(ArchitectureTest.class).resolve(WRONG.replace('.', '/'));
        assertEquals(Set.of("CoreThatNamesInternals"), classesThatName("sun.nio.ch", wrong));
    }
}
