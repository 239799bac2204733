package dev.sightline.storage;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

/** The stores on a PostgreSQL container, where an engine answers. */
@EnabledIf(
    value = "dev.sightline.storage.ContainerDatabase#isPresent",
    disabledReason = "no container engine with the image; the reason is printed")
class ContainerStoresIT {
  @Nested
  class Experiments extends ExperimentStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }

  @Nested
  class Runs extends RunStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }

  @Nested
  class Checkpoints extends CheckpointStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }

  @Nested
  class Evaluations extends EvaluationStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }

  @Nested
  class Leases extends LeaseStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }

  @Nested
  class Audits extends AuditStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }

  @Nested
  class Spending extends SpendingStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }

  @Nested
  class Interruptions extends InterruptionStoreContract {
    @Override
    Database database() {
      return ContainerDatabase.shared();
    }
  }
}
