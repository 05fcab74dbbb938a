namespace Tracebloc.Ingestion.Staging;

/// <summary>The part of one connection in a transfer.</summary>
public enum StagingRole
{
    /// <summary>It offers all files, and its end is that of the transfer.</summary>
    Whole = 0,

    /// <summary>It carries some of the files of a transfer that another connection has opened.</summary>
    Share = 1,
}
