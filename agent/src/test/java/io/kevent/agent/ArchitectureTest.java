// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** The agent's part of the house: who may know whom. */
class ArchitectureTest {
    private static final String ROOT = "io.kevent.agent";
    private static final JavaClasses AGENT = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars()).importPackages(ROOT);

    @Test
    void layersPointOneWay() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("hook").definedBy(ROOT + ".hook")
                .layer("advice").definedBy(ROOT + ".advice")
                .layer("install").definedBy(ROOT + ".install")
                .layer("protocol").definedBy(ROOT + ".protocol")
                .layer("agent").definedBy(ROOT)
                .layer("cli").definedBy(ROOT + ".cli")
                .whereLayer("agent").mayNotBeAccessedByAnyLayer()
                .whereLayer("cli").mayNotBeAccessedByAnyLayer()
                .whereLayer("protocol").mayOnlyBeAccessedByLayers("agent", "cli")
                .whereLayer("install").mayOnlyBeAccessedByLayers("agent", "cli")
                .whereLayer("advice").mayOnlyBeAccessedByLayers("install")
                .whereLayer("hook").mayOnlyBeAccessedByLayers("advice", "install")
                .check(AGENT);
    }

    /** What is woven into the JDK sees the boot loader's classes only. */
    @Test
    void whatIsWovenNamesNothingThatTheJdkCannotSee() {
        noClasses().that().resideInAnyPackage(ROOT + ".advice", ROOT + ".hook").should().dependOnClassesThat()
                .resideOutsideOfPackages("java..", "net.bytebuddy.asm", "net.bytebuddy.implementation.bytecode.assign", ROOT + ".hook", ROOT + ".advice")
                .check(AGENT);
    }
}
