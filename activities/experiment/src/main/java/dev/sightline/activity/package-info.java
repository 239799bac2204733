@NullMarked
package dev.sightline.activity;

import org.jspecify.annotations.NullMarked;
