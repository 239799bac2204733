package dev.sightline.storage;

import org.junit.jupiter.api.Nested;

/** The stores on an embedded PostgreSQL: always. */
class EmbeddedStoresTest {
  @Nested
  class Experiments extends ExperimentStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }

  @Nested
  class Runs extends RunStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }

  @Nested
  class Checkpoints extends CheckpointStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }

  @Nested
  class Evaluations extends EvaluationStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }

  @Nested
  class Leases extends LeaseStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }

  @Nested
  class Audits extends AuditStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }

  @Nested
  class Spending extends SpendingStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }

  @Nested
  class Interruptions extends InterruptionStoreContract {
    @Override
    Database database() {
      return EmbeddedDatabase.SHARED;
    }
  }
}
