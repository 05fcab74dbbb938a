using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Ingest;

/// <summary>A temporary volume with the data sets, which are written when they are first asked for.</summary>
internal sealed class IngestVolume(IngestSize size) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ingest-benchmark-");

    public IngestSize Size => size;

    /// <summary>The path of the volume, as the ingestor takes it.</summary>
    public string Root => _folder.FullName;

    /// <summary>The path of a place in the volume.</summary>
    public string this[string name] => Path.Combine(Root, name);

    /// <summary>The folder of the rows.</summary>
    /// <param name="rows">Their number.</param>
    public string Houses(int rows)
    {
        var folder = this[$"houses-{rows}"];
        if (Directory.Exists(folder)) return folder;
        Directory.CreateDirectory(folder);
        HouseRows.Write(Path.Combine(folder, "rows.csv"), rows);
        File.WriteAllText(Path.Combine(folder, "ingest.yaml"), $$"""
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: tabular_regression
            table: houses
            intent: train
            csv: {{folder}}/rows.csv
            label: {column: {{HouseRows.Label}}, policy: bucket}
            schema:
            {{string.Join('\n', HouseRows.Columns.Select(column => $"  {column.Name}: {column.Type}"))}}

            """);
        return folder;
    }

    /// <summary>The folder of a data set of images.</summary>
    /// <param name="place">Its place in the volume.</param>
    public string Leaves(string place)
    {
        const int pixels = 64;
        var folder = this[place];
        if (Directory.Exists(folder)) return folder;
        var images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
        var image = SampleImages.Jpeg(pixels, pixels);
        image = SampleImages.Jpeg(pixels, pixels, comment: IngestSize.FileBytes - image.Length);
        var names = Enumerable.Range(0, size.Files).Select(number => $"leaf_{number:00000}.jpeg").ToList();
        foreach (var name in names) File.WriteAllBytes(Path.Combine(images, name), image);
        File.WriteAllLines(
            Path.Combine(folder, "rows.csv"),
            names.Select((name, number) => $"{name},{(number % 2 == 0 ? "rust" : "healthy")}")
                .Prepend("filename,disease"));
        File.WriteAllText(Path.Combine(folder, "ingest.yaml"), $$"""
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: image_classification
            table: leaves
            intent: train
            csv: {{folder}}/rows.csv
            images: {{images}}
            label: disease
            spec:
              file_options: {target_size: [{{pixels}}, {{pixels}}], extension: .jpeg}

            """);
        return folder;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
