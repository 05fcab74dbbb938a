using Tracebloc.Configuration;
using Tracebloc.Net.Files;

namespace Tracebloc.Kubernetes;

/// <summary>The files of a <see cref="KubeConfigSource"/> seen as one.</summary>
internal sealed class KubeConfig
{
    // A kubeconfig is seven deep where a plugin's own settings begin.
    private static readonly YamlRules Rules = YamlRules.Go with { MayBeEmpty = true, MaximumDepth = 64 };

    private readonly IReadOnlyList<KubeConfigNode> _files;
    private readonly string _label;

    private KubeConfig(IReadOnlyList<KubeConfigNode> files) =>
        (_files, _label) = (files, string.Join(Path.PathSeparator, files.Select(f => f.File)));

    /// <exception cref="KubernetesConfigurationException">There is none, or one that is no YAML.</exception>
    internal static KubeConfig Load(KubeConfigSource source)
    {
        var files = source.Files.Where(path => source.MustExist || File.Exists(UserPath.Resolve(path))).Select(Parse)
            .OfType<KubeConfigNode>();
        var config = new KubeConfig([.. files]);
        if (config._files.Count > 0) return config;
        throw new KubernetesConfigurationException(
            source.Files.Count > 0 ? string.Join(Path.PathSeparator, source.Files) : "kubeconfig", null, null,
            "there is no kubeconfig (or nothing in it): give --kubeconfig or set KUBECONFIG");
    }

    /// <summary>The context asked for, or the current one.</summary>
    internal string ContextName(string? name) =>
        (string.IsNullOrEmpty(name)
            ? _files.Select(f => f["current-context"]?.Text()).FirstOrDefault(c => c is not null)
            : name)
        ?? throw new KubernetesConfigurationException(_label, null, "current-context",
            $"names no context, and --context is not given; {There("contexts")}");

    /// <summary>The entry under <c>context</c> of a context.</summary>
    internal KubeConfigNode Context(string name) =>
        Find("contexts", name)?.Required("context")
        ?? throw new KubernetesConfigurationException(_label, null, null,
            $"there is no context '{name}'; {There("contexts")}");

    /// <summary>The entry that another one refers to by its name.</summary>
    internal KubeConfigNode Referred(KubeConfigNode by, string section, string member) =>
        Find(section, by.Text())?.Required(member)
        ?? throw by.Error($"there is no {member} '{by.Text()}'; {There(section)}");

    // The first file that has the name wins, with all of its entry; twice in one file is an error, as in kubectl.
    private KubeConfigNode? Find(string section, string name)
    {
        foreach (var file in _files)
        {
            var found = Entries(file, section).Where(entry => entry["name"]?.Text() == name).Take(2).ToList();
            if (found is [_, var second]) throw second.Error($"is a second '{name}' in this file: keep one of the two");
            if (found is [var only]) return only;
        }

        return null;
    }

    private IEnumerable<KubeConfigNode> Entries(string section) => _files.SelectMany(file => Entries(file, section));

    private static IEnumerable<KubeConfigNode> Entries(KubeConfigNode file, string section) =>
        file[section]?.Items() ?? [];

    private string There(string section)
    {
        var names = Entries(section).Select(entry => entry["name"]?.Text()).Distinct().ToList();
        return names.Count == 0 ? $"{section} is empty" : $"{section} has: {string.Join(", ", names)}";
    }

    private static KubeConfigNode? Parse(string path)
    {
        var errors = new ConfigurationErrors(path);
        var root = ConfigurationDocument.Parse(ConfigurationFile.Read(path), errors, Rules);
        if (errors.InOrder() is [var error, ..])
            throw new KubernetesConfigurationException(
                path,
                error.Line > 0 ? error.Line : null,
                error.Path.Length > 0 ? error.Path : null,
                error.Message);
        return root is { Entries.Count: > 0 } ? new KubeConfigNode(path, root) : null;
    }
}
