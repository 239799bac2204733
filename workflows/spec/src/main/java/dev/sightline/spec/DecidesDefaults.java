package dev.sightline.spec;

/** A choice on which the defaults of the fields that stand after it in its record depend. */
interface DecidesDefaults extends WireName {
  /** The defaults that differ from the fields' own, as a YAML mapping. */
  String defaults();
}
