namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads <c>spec</c>: the form of the rows and files, and processors.</summary>
internal sealed class OptionsReader(DocumentSection root)
{
    private const string AsBefore = "as in earlier versions";

    public (CsvOptions Csv, FileOptions Files, IReadOnlyList<ProcessorSpecification> Processors) Read(
        CategoryRules? rules, TopLevelFiles top)
    {
        var spec = root.Section("spec");
        var csv = spec?.Section("csv_options") is { } options ? new CsvOptionsReader(options).Read() : new();
        var files = new FileOptionsReader(root, spec?.Section("file_options")).Read(rules, top);
        if (spec is null) return (csv, files, []);
        spec.IgnoredTexts("validators");
        spec.Ignored("validators", AsBefore);
        foreach (var sidecar in spec.Items("sidecars")) CheckSidecar(sidecar);
        spec.Ignored("sidecars", AsBefore);
        var processors = spec.Items("processors").Select(ReadProcessor).OfType<ProcessorSpecification>().ToList();
        spec.Keys.RefuseUnknownKeys();
        return (csv, files, processors);
    }

    private static void CheckSidecar(DocumentSection sidecar)
    {
        sidecar.Keys.RequiredText("column", "column: mask");
        sidecar.Keys.RequiredText("source", "source: masks");
        sidecar.Keys.Text("dest");
        sidecar.Section("transform")?.Size("resize");
        sidecar.IgnoredTexts("validators");
    }

    private static ProcessorSpecification? ReadProcessor(DocumentSection processor)
    {
        var script = processor.Keys.RequiredText("script", "script: PATH, a Python file on the volume");
        var name = processor.Keys.RequiredText("class", "class: NAME, a class of that file");
        var arguments = processor.Keys.Section("args")?.Mapping;
        processor.IgnoreUnknownKeys("script", "class", "args");
        return script is null || name is null ? null
            : new(script, name, arguments is null ? "{}" : NodeJson.Write(arguments));
    }
}
