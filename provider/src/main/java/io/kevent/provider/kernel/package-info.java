// SPDX-License-Identifier: Apache-2.0
/**
 * The only code that talks to the kernel. {@link io.kevent.provider.kernel.Kernel} is the seam: it opens an {@link io.kevent.provider.kernel.Engine}
 * (which descriptors are ready?), a {@link io.kevent.provider.kernel.Doorbell} (come out of a blocking collect) and a
 * {@link io.kevent.provider.kernel.Probe} (is it still so?). {@link io.kevent.provider.kernel.JdkKernel} implements it with the static native methods
 * that the JDK's own selectors use; every result of theirs is checked in {@link io.kevent.provider.kernel.SystemCall}.
 *
 * <p>Nothing above this package names a class of {@code sun.nio.ch}.
 */
package io.kevent.provider.kernel;
