package dev.sightline.workflow.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payloads are JSON; unknown fields are ignored and missing ones defaulted, so that old histories
 * stay readable.
 */
public final class SightlineConverter {
  /** Temporal refuses 2 MiB, and a history holds every message of its workflow. */
  public static final int MOST_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(SightlineConverter.class);

  private SightlineConverter() {}

  public static ObjectMapper mapper() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /** What to do about a message that should have been an artifact. */
  public enum Oversize {
    /** Say so in the log: work that is under way must not end for it. */
    TOLD,
    /** Throw, as tests want it. */
    REFUSED
  }

  /** As in production: what is too large is told and passes. */
  public static DataConverter dataConverter() {
    return dataConverter(Oversize.TOLD);
  }

  /**
   * @param oversize what to do about JSON of more than {@link #MOST_BYTES}
   */
  public static DataConverter dataConverter(Oversize oversize) {
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new Measured(oversize));
  }

  /** Weighs what it writes. */
  private static final class Measured extends JacksonJsonPayloadConverter {
    private final Oversize oversize;

    Measured(Oversize oversize) {
      super(mapper());
      this.oversize = oversize;
    }

    @Override
    public Optional<Payload> toData(Object value) throws DataConverterException {
      Optional<Payload> written = super.toData(value);
      int bytes = written.map(payload -> payload.getData().size()).orElse(0);
      if (bytes > MOST_BYTES) {
        String problem =
            "a message of %d bytes (%s) is more than %d; let it carry an artifact's digest"
                .formatted(bytes, value.getClass().getSimpleName(), MOST_BYTES);
        switch (oversize) {
          case TOLD -> LOG.warn(problem);
          case REFUSED -> throw new DataConverterException(problem);
        }
      }
      return written;
    }
  }
}
