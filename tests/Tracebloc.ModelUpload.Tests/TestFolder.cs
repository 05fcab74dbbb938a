namespace Tracebloc.ModelUpload.Tests;

/// <summary>A folder of a test, without links in its path.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("model-upload-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The relative paths of all files, in order.</summary>
    public IReadOnlyList<string> Files => [.. Directory
        .EnumerateFiles(Path, "*", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true })
        .Select(file => System.IO.Path.GetRelativePath(Path, file))
        .Order(StringComparer.Ordinal)];

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name]) ?? Path);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
