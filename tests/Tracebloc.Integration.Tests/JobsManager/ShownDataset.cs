using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>A data set in the database that jobs-manager reads, as a run of the ingestor leaves it.</summary>
internal static class ShownDataset
{
    public const string Table = "houses_styles";

    private const string Summary =
        """{"table":"houses_styles","category":"tabular_classification","intent":"train","files":0}""";

    /// <summary>Makes it, and grants jobs-manager what the client chart grants.</summary>
    public static async Task AddAsync(ServeScene scene, CancellationToken token)
    {
        await RemoveAsync(scene, token);
        await scene.QueryAsync(
            $"""
            CREATE DATABASE {DatasetDatabase.Name} CHARACTER SET utf8mb4;
            GRANT SELECT ON {DatasetDatabase.Name}.* TO {scene.Account}@'%';
            USE {DatasetDatabase.Name};
            {string.Join(";\n", JournalSchema.Migrations.Select(each => each.Sql))};
            INSERT INTO {JournalSchema.Tables} (table_name, salt, created_by)
            VALUES ('{Table}', REPEAT('s', 32), 'styles-1');
            INSERT INTO {JournalSchema.Runs} (run_key, table_name, intent, ingestor_id, spec_digest, source_mark, phase,
              first_id, last_id, row_count, started_at, updated_at, summary)
            VALUES ('styles-1', '{Table}', 'train', UUID(), REPEAT('a', 64), '1-mark', 'registered', 1, 3, 3,
              '2025-12-01 08:00:00', '2025-12-01 08:00:21', '{Summary}');
            CREATE TABLE {Table} (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, label VARCHAR(255), rooms INT);
            INSERT INTO {Table} (label, rooms) VALUES ('villa', 7), ('flat', 2), ('villa', 9)
            """,
            token);
    }

    /// <summary>As its Job does in the end.</summary>
    public static Task RemoveAsync(ServeScene scene, CancellationToken token) =>
        scene.QueryAsync($"DROP DATABASE IF EXISTS {DatasetDatabase.Name}", token);
}
