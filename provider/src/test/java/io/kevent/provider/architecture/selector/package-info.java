// SPDX-License-Identifier: Apache-2.0
/** A part of the wrong house. */
package io.kevent.provider.architecture.selector;
