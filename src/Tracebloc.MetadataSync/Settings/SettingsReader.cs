using Tracebloc.Configuration;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>
/// Reads the configuration file: the stanzas that the controller manager's file has today, and <c>kinds</c> and
/// <c>retention</c>. All errors are reported at once. Other stanzas of that file are named in one warning; a key that
/// resembles one of ours is an error instead, for it is probably a slip.
/// </summary>
internal sealed class SettingsReader
{
    /// <summary>The file when none is named.</summary>
    public const string DefaultPath = "/etc/metadata-sync/config.yaml";

    private const int MostWorkers = 256;

    private static readonly string[] Stanzas = ["metadataStorage", "mysql", "ingester", "kinds", "retention"];

    private static readonly YamlRules Rules = YamlRules.Go with { MayBeEmpty = true };

    private readonly ConfigurationErrors _errors;
    private readonly ConfigurationReader _root;
    private readonly List<string> _warnings = [];

    private SettingsReader(ConfigurationNode.Mapping root, ConfigurationErrors errors) =>
        (_root, _errors) = (new ConfigurationReader(root, errors), errors);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; errors contain it as given.</param>
    /// <param name="variable">Looks an environment variable up; null when it is unset.</param>
    /// <exception cref="ConfigurationException">The file cannot be used; it names every error.</exception>
    public static SyncSettings Read(string path, Func<string, string?> variable)
    {
        var errors = new ConfigurationErrors(path);
        var text = ConfigurationDocument.ReadText(path, errors);
        errors.ThrowIfAny();
        return Parse(text ?? "", errors, variable);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used; it names every error.</exception>
    public static SyncSettings Parse(string text, ConfigurationErrors errors, Func<string, string?> variable)
    {
        var root = ConfigurationDocument.Parse(text.TrimStart('\uFEFF'), errors, Rules);
        errors.ThrowIfAny();
        var expanded = new EnvironmentExpansion(variable, errors).Expand(
            root! with { Entries = [.. root.Entries.Where(entry => Stanzas.Contains(entry.Key))] });
        var reader = new SettingsReader(expanded, errors);
        reader.LookAtOthers(root);
        var settings = reader.Read();
        errors.ThrowIfAny();
        return settings;
    }

    private SyncSettings Read()
    {
        var kinds = new KindsReader(_errors).Read(_root);
        var storage = Section("metadataStorage");
        var isEnabled = storage?.Flag("enableMetadataStorage") ?? false;
        var delay = storage?.Pause("deletionDelay");
        var caches = storage?.Flag("enableResourceVersionCache") ?? false;
        storage?.Reader.RefuseUnknownKeys();
        return new SyncSettings
        {
            Storage = Gate(isEnabled),
            Kinds = kinds,
            Reconciling = Reconciling(kinds, delay),
            Retention = Retention(kinds),
            CachesVersions = caches,
            Warnings = _warnings,
        };
    }

    private Stanza? Section(string key) => _root.Section(key) is { } section ? new Stanza(section) : null;

    private StorageGate Gate(bool isEnabled)
    {
        var stanza = Section("mysql");
        var mySql = stanza is null ? null : MySqlReader.Read(stanza, isEnabled, _warnings);
        stanza?.Reader.RefuseUnknownKeys();
        return !isEnabled ? new StorageGate.Disabled("metadataStorage.enableMetadataStorage is not true")
            : mySql is null ? new StorageGate.Disabled("mysql is not configured")
            : new StorageGate.Enabled(mySql);
    }

    private ReconcileSettings Reconciling(KindSet kinds, TimeSpan? delay)
    {
        var settings = new ReconcileSettings();
        if (delay is { } given) settings = settings with { DeletionDelay = given };
        if (Section("ingester") is not { } stanza) return settings;
        settings = settings with
        {
            Workers = stanza.Count("concurrentReconciles", settings.Workers, MostWorkers),
            LongestRetry = stanza.Period("requeuePeriod", settings.LongestRetry),
        };
        settings = settings with
        {
            WorkersByKind = ByKind<int>(
                stanza,
                "concurrentReconcilesMap",
                kinds,
                (map, kind) => map.Count(kind, settings.Workers, MostWorkers)),
            LongestRetryByKind = ByKind<TimeSpan>(
                stanza, "requeuePeriodMap", kinds, (map, kind) => map.Period(kind, settings.LongestRetry)),
            DeletionDelayByKind = ByKind<TimeSpan>(
                stanza, "deletionDelayMap", kinds, (map, kind) => map.Pause(kind)),
        };
        stanza.Reader.RefuseUnknownKeys();
        return settings;
    }

    private RetentionSettings Retention(KindSet kinds)
    {
        if (Section("retention") is not { } stanza) return new RetentionSettings();
        var settings = new RetentionSettings
        {
            Deleted = AgeOf(stanza, "deleted"),
            Evicted = AgeOf(stanza, "evicted"),
            DeletedByKind = ByKind<TimeSpan>(stanza, "deletedMap", kinds, AgeOf),
            EvictedByKind = ByKind<TimeSpan>(stanza, "evictedMap", kinds, AgeOf),
        };
        stanza.Reader.RefuseUnknownKeys();
        return settings;
    }

    private static IReadOnlyDictionary<string, T> ByKind<T>(
        Stanza stanza, string key, KindSet kinds, Func<Stanza, string, T?> read)
        where T : struct => stanza.ByKind(
            key, name => kinds.TryFind(name, out _), kinds.All.Select(kind => kind.Name), read);

    private static TimeSpan? AgeOf(Stanza stanza, string key)
    {
        if (stanza.Text(key) is not { } text) return null;
        if (Age.TryParse(text, out var age, out var error)) return age;
        stanza.Reader.Refuse(key, error);
        return null;
    }

    private void LookAtOthers(ConfigurationNode.Mapping root)
    {
        var others = new List<string>();
        foreach (var entry in root.Entries.Where(entry => !Stanzas.Contains(entry.Key)))
            if (Suggestion.For(entry.Key, Stanzas) is { } meant)
                _errors.Add(entry.Line, entry.Value.Path, $"is not a known key; did you mean {meant}?");
            else
                others.Add(entry.Key);
        if (others.Count > 0)
            _warnings.Add(
                $"{_errors.File}: ignored stanzas, which are not of metadata-sync: {string.Join(", ", others)}");
    }
}
