using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tracebloc.Kubernetes;

/// <summary>The files of a <see cref="KubeConfigSource"/> seen as one.</summary>
internal sealed class KubeConfig
{
    private readonly IReadOnlyList<KubeConfigNode> _files;
    private readonly string _label;

    private KubeConfig(IReadOnlyList<KubeConfigNode> files) =>
        (_files, _label) = (files, string.Join(Path.PathSeparator, files.Select(f => f.File)));

    /// <exception cref="KubernetesConfigurationException">There is none, or one that is no YAML.</exception>
    internal static KubeConfig Load(KubeConfigSource source)
    {
        var files = source.Files.Where(path => source.MustExist || File.Exists(path)).Select(Parse)
            .OfType<KubeConfigNode>();
        var config = new KubeConfig([.. files]);
        if (config._files.Count > 0) return config;
        throw new KubernetesConfigurationException(
            source.Files.Count > 0 ? string.Join(Path.PathSeparator, source.Files) : "kubeconfig", null, null,
            "there is no kubeconfig (or nothing in it): give --kubeconfig or set KUBECONFIG");
    }

    /// <summary>The entry under <c>context</c> of the context asked for, or of the current one.</summary>
    internal KubeConfigNode Context(string? name)
    {
        var chosen = string.IsNullOrEmpty(name)
            ? _files.Select(f => f["current-context"]?.Text()).FirstOrDefault(c => c is not null)
            : name;
        if (chosen is null)
            throw new KubernetesConfigurationException(_label, null, "current-context",
                $"names no context, and --context is not given; {There("contexts")}");
        return Find("contexts", chosen)?.Required("context")
            ?? throw new KubernetesConfigurationException(_label, null, null,
                $"there is no context '{chosen}'; {There("contexts")}");
    }

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
        var stream = new YamlStream();
        var parser = new KubeConfigParser(new StringReader(ConfigurationFile.Read(path)));
        try
        {
            stream.Load(parser);
        }
        catch (AnchorNotFoundException e)
        {
            // Its message would quote what may be a password that begins with an asterisk.
            throw new KubernetesConfigurationException(path, (int)e.Start.Line, null,
                "is not YAML: an alias stands for nothing; text that begins with * belongs in quotes", e);
        }
        catch (YamlException e)
        {
            throw new KubernetesConfigurationException(path, (int)e.Start.Line, null, $"is not YAML: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet's scanner checks neither the indentation of text within an open bracket nor what it makes of
            // \UFFFFFFFF or of a %TAG without a prefix.
            throw new KubernetesConfigurationException(path, (int?)parser.Current?.Start.Line, null,
                "is not YAML from here on: a bracket or brace is left open, or an escape or a tag is none", e);
        }

        if (stream.Documents is not [var document, ..]) return null;
        var root = new KubeConfigNode(path, "", document.RootNode);
        _ = root["kind"]; // says so when it is no mapping
        return root;
    }
}
