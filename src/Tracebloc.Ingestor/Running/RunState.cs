using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>The findings of the steps of one attempt, for the steps that follow.</summary>
internal sealed class RunState
{
    /// <summary>The rows as processors have written them; null without processors.</summary>
    public ProcessedSource? Processed { get; set; }

    public ValidationResult? Validation { get; set; }

    /// <summary>Remarks for the summary: on the table, and on cells that were changed.</summary>
    public IReadOnlyList<string> Remarks { get; set; } = [];

    /// <summary>The parts of the rows, where several pods load them.</summary>
    public IReadOnlyList<RowPart> Parts { get; set; } = [];

    /// <summary>The files that rows name.</summary>
    public FileManifest Manifest { get; set; } = FileManifest.Empty;

    /// <summary>The bins of the label; null where exact values leave.</summary>
    public BinBoundaries? Bins { get; set; }

    /// <summary>The run as this attempt has written it; null before its journal is opened.</summary>
    public RunRecord? Run { get; set; }

    /// <summary>True while a failure is to be undone.</summary>
    public bool IsOpen { get; set; }

    /// <summary>True while nothing of the run is in the cluster, of earlier attempts neither.</summary>
    public bool IsUndone { get; set; }

    /// <summary>The summary of the run as JSON; null before its end.</summary>
    public string? Summary { get; set; }

    public long Rows { get; set; }

    public long Sent { get; set; }

    public TimeSpan FilesElapsed { get; set; }
}
