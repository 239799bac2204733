package dev.sightline.worker.service;

import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.ArtifactStores;
import dev.sightline.storage.Database;
import dev.sightline.storage.DatabaseSettings;
import dev.sightline.storage.Stores;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The worker's partners beside Temporal: PostgreSQL, the artifacts, policy servers. */
@Factory
final class StorageBeans {
  private static final int CONNECTIONS = 12;

  @Singleton
  @Bean(preDestroy = "close")
  Database database(WorkerSettings settings) {
    return Database.open(
        new DatabaseSettings(
            settings.jdbcUrl(), settings.jdbcUser(), settings.jdbcPassword(), CONNECTIONS));
  }

  @Singleton
  Stores stores(Database database) {
    return Stores.over(database);
  }

  @Singleton
  ArtifactStore artifacts(WorkerSettings settings) {
    return ArtifactStores.open(settings.artifacts());
  }

  @Singleton
  @Bean(preDestroy = "close")
  PolicyPool policies(WorkerSettings settings, PrometheusMeterRegistry metrics) {
    return new PolicyPool(settings, metrics);
  }
}
