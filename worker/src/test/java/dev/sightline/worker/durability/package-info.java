/** What no kill and no zombie may change, with the real policy server and the real stores. */
@NullMarked
package dev.sightline.worker.durability;

import org.jspecify.annotations.NullMarked;
