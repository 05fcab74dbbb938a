namespace Tracebloc.ModelUpload.Credentials;

/// <summary>A mounted Secret: one file a key.</summary>
internal sealed class CredentialFolder
{
    private readonly IInputFiles _files;
    private readonly IReadOnlyList<string> _names;

    private CredentialFolder(string path, IInputFiles files, IReadOnlyList<string> names) =>
        (Path, _files, _names) = (path, files, names);

    public string Path { get; }

    /// <summary>Lists the folder; null and a whole sentence where there is none or it is not readable.</summary>
    public static CredentialFolder? Open(string path, IInputFiles files, out string? fault)
    {
        var folder = files.List(path);
        fault = folder switch
        {
            { Fault: { } reason } => $"credentials folder {path} {reason}",
            { Names: null } => $"credentials folder not found: {path}; check the path and that the Secret is mounted",
            _ => null,
        };
        return folder.Names is { } names && fault is null ? new CredentialFolder(path, files, names) : null;
    }

    /// <summary>The first of the keys with a value; null where none has one.</summary>
    /// <param name="keys">The names of files, the preferred one first.</param>
    /// <param name="fault">A whole sentence: a key is there and not readable.</param>
    public CredentialValue? Find(IReadOnlyList<string> keys, out string? fault)
    {
        fault = null;
        foreach (var key in keys.Where(_names.Contains))
        {
            var place = $"{Path.TrimEnd('/')}/{key}";
            var file = _files.Read(place, SecretText.MaxBytes);
            // It was listed just now.
            fault = file.IsAbsent ? $"{place} is a link that leads to no file; check the Secret"
                : file.Fault is { } reason ? $"{place} {reason}"
                : null;
            if (fault is not null) return null;
            if (SecretText.Of(file.Text) is { } value) return new CredentialValue(value, place);
        }
        return null;
    }
}
