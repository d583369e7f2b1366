// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.architecture.kernel;

import io.kevent.provider.architecture.core.CoreThatNamesInternals;

/** Wrong: points from the kernel to the core. */
final class KernelThatKnowsTheCore extends CoreThatNamesInternals { }
