namespace Tracebloc.Ingestor.Settings;

/// <summary>The statement that loads rows: MYSQL_LOAD.</summary>
internal enum LoadChoice
{
    /// <summary>LOAD DATA LOCAL where the server allows it, else INSERT.</summary>
    Auto,

    /// <summary>LOAD DATA LOCAL only.</summary>
    Local,

    /// <summary>INSERT only.</summary>
    Insert,
}
