using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Options;

/// <summary>
/// The merge: arguments before variables before files of mounted Secrets before defaults, option by option. Empty
/// values count as absent in each of them.
/// </summary>
internal sealed class OptionLookup
{
    private readonly RawOptions _args;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly IInputFiles _files;
    private readonly Findings _findings;
    private readonly Dictionary<string, CredentialFolder?> _folders = [];

    public OptionLookup(
        RawOptions args, IReadOnlyDictionary<string, string> environment, IInputFiles files, Findings findings)
    {
        (_args, _environment, _files, _findings) = (args, environment, files, findings);
        // Secrets that do not take part must not be shown either.
        foreach (var entry in OptionTable.All.Where(entry => entry.IsSecret))
        {
            Hide(entry, Argument(entry));
            Hide(entry, Variable(entry));
        }
    }

    /// <summary>Null where the option has no value and no default.</summary>
    public OptionValue? Find(string name)
    {
        var entry = OptionTable.Get(name);
        return Argument(entry) ?? Variable(entry) ?? File(entry)
            ?? (entry.Default is { } text ? Default(entry, text) : null);
    }

    /// <summary>True where the folder with the option's value was reported to be unusable.</summary>
    public bool IsUnreadable(OptionEntry entry) =>
        entry.Folder is { } option && _folders.TryGetValue(option, out var folder) && folder is null;

    private OptionValue? Argument(OptionEntry entry) =>
        Value(entry, _args.Values.GetValueOrDefault(entry.Name), entry.Flag);

    private OptionValue? Variable(OptionEntry entry) =>
        Value(entry, _environment.GetValueOrDefault(entry.Variable), entry.Variable);

    private OptionValue? File(OptionEntry entry)
    {
        if (entry.Folder is not { } option || Find(option) is not { } path) return null;
        if (!_folders.TryGetValue(option, out var folder))
        {
            folder = CredentialFolder.Open(path.Text, _files, out var reason);
            _folders.Add(option, folder);
            if (reason is not null) _findings.Error($"{path.Place}: {reason}");
        }
        string? fault = null;
        var found = folder?.Find(entry.Keys, out fault) is { } value ? Value(entry, value.Text, value.Place) : null;
        if (fault is not null) _findings.Error(fault);
        Hide(entry, found);
        return found;
    }

    private static OptionValue Default(OptionEntry entry, string text) =>
        new(entry, text, $"the default of {entry.Flag}") { IsDefault = true };

    private void Hide(OptionEntry entry, OptionValue? value)
    {
        if (entry.IsSecret && value is not null) _findings.Hide(value.Text);
    }

    // Blanks may be part of a secret.
    private static OptionValue? Value(OptionEntry entry, string? text, string place) =>
        (entry.IsSecret ? SecretText.Of(text ?? "") : text?.Trim()) is { Length: > 0 } value
            ? new OptionValue(entry, value, place)
            : null;
}
