@NullMarked
package dev.sightline.worker.service;

import org.jspecify.annotations.NullMarked;
