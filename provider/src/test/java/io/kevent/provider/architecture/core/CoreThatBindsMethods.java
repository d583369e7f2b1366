// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.architecture.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Wrong: binds to a method of a class that is not its own. */
final class CoreThatBindsMethods {
    MethodHandle length() throws ReflectiveOperationException {
        return MethodHandles.lookup().findVirtual(String.class, "length", MethodType.methodType(int.class));
    }
}
