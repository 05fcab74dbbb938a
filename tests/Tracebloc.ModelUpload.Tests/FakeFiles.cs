using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Tests;

/// <summary>Mounted files by path; a null text is a file that cannot be read.</summary>
internal sealed class FakeFiles(params IReadOnlyList<(string Path, string? Text)> files) : IInputFiles
{
    public static FakeFiles None { get; } = new();

    public InputFile Read(string path, int maxBytes) =>
        files.Where(file => file.Path == path).Select(file => Of(file.Text)).FirstOrDefault(InputFile.Absent);

    public InputFolder List(string path)
    {
        var folder = path.TrimEnd('/') + "/";
        var names = files.Select(file => file.Path)
            .Where(file => file.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => file[folder.Length..])
            .Where(name => !name.Contains('/', StringComparison.Ordinal))
            .ToList();
        return names.Count == 0 ? InputFolder.Absent : new InputFolder(names, null);
    }

    private static InputFile Of(string? text) => text is null
        ? new InputFile(null, "is not readable by this user; check the file's mode and owner")
        : InputFile.Of(text);
}
