// SPDX-License-Identifier: Apache-2.0
/**
 * What a program compiles against to use what kevent offers beyond {@code java.nio}: the options of an interest set. Needs nothing of the JDK's
 * internals, so code that uses it also runs where kevent is not installed (and is told so when it asks for an option).
 */
package io.kevent;
