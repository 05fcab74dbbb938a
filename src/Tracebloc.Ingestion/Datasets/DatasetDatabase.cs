namespace Tracebloc.Ingestion.Datasets;

/// <summary>The database of data sets: the ingestor writes it, and jobs-manager reads it.</summary>
public static class DatasetDatabase
{
    /// <summary>Its name in every cluster.</summary>
    public const string Name = "training_test_datasets";

    /// <summary>The start of the names of the ingestor's journal.</summary>
    public const string JournalPrefix = "tracebloc_ingest_v1";

    /// <summary>The journal's table of tables: each that it lists is a data set.</summary>
    public const string JournalTables = $"{JournalPrefix}_tables";

    /// <summary>The journal's table of runs.</summary>
    public const string JournalRuns = $"{JournalPrefix}_runs";
}
