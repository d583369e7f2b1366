// SPDX-License-Identifier: Apache-2.0
/**
 * What a user installs: {@link io.kevent.provider.KeventSelectorProvider}. The packages below it are the house itself and no API.
 */
package io.kevent.provider;
