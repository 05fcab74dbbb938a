using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>Writes the key <c>spec</c>, where anything differs from the defaults of the category.</summary>
internal sealed class OptionsYaml(YamlText yaml, IngestSpecification specification)
{
    private readonly Tracebloc.Ingestion.Specifications.FileOptions _files = specification.Files;

    // Keypoints have their size at the root.
    private ImageSize? TargetSize => specification.Rules.HasKeypoints ? null : _files.TargetSize;

    private bool HasFiles => TargetSize is not null || _files.MinSize is not null || _files.Extension is not null;

    public void Write()
    {
        var hasCsv = specification.Csv != new CsvOptions();
        if (!hasCsv && !HasFiles && specification.Processors.Count == 0) return;
        yaml.Gap();
        if (HasFiles) yaml.Comment("The extension of every file; of images the size in pixels, the width first.");
        yaml.Line("spec", "");
        if (HasFiles) WriteFiles();
        if (hasCsv) WriteCsv(specification.Csv);
        if (specification.Processors.Count > 0) WriteProcessors();
    }

    private void WriteFiles()
    {
        yaml.Line("file_options", "", 1);
        if (_files.Extension is { } extension) yaml.Text("extension", extension, 2);
        if (TargetSize is { } size) yaml.Line("target_size", SpecificationYaml.Size(size), 2);
        if (_files.MinSize is { } least) yaml.Line("min_size", SpecificationYaml.Size(least), 2);
    }

    private void WriteCsv(CsvOptions csv)
    {
        yaml.Line("csv_options", "", 1);
        yaml.Text("delimiter", csv.Delimiter, 2);
        yaml.Text("quotechar", $"{csv.Quote}", 2);
        yaml.Text("escapechar", $"{csv.Escape}", 2);
    }

    private void WriteProcessors()
    {
        yaml.Line("processors", "", 1);
        foreach (var processor in specification.Processors)
        {
            yaml.Item("script", processor.Script, 2);
            yaml.Text("class", processor.Class, 3);
            // JSON is YAML.
            yaml.Line("args", processor.ArgumentsJson, 3);
        }
    }
}
