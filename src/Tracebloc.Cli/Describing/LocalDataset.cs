using Tracebloc.Cli.Looking;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>A data set of this machine with its description.</summary>
/// <param name="Found">The files.</param>
/// <param name="Specification">The description, with paths as they were written.</param>
internal sealed record LocalDataset(FoundData Found, IngestSpecification Specification)
{
    /// <summary>The Python files of the processors, in their order.</summary>
    public IReadOnlyList<FoundFile> Scripts { get; init; } = [];

    /// <summary>The places on this machine, for validation.</summary>
    public DatasetFolder Places => Found.Places with { Scripts = [.. Scripts.Select(script => script.Path)] };

    /// <summary>The request that pushes the data set.</summary>
    /// <param name="stageFolder">The folder of the volume that the files are staged in.</param>
    public PushRequest For(string stageFolder)
    {
        var specification = StagedPaths.In(stageFolder, Specification);
        return new(this, specification, SpecificationYaml.Write(specification));
    }
}
