// SPDX-License-Identifier: Apache-2.0
/**
 * What is woven into methods of the JDK, a class for each method. The code is copied into the method, so it may name only what the method's class can see:
 * {@code java.base} and the hook. All of it is static and keeps no state.
 */
package io.kevent.agent.advice;
