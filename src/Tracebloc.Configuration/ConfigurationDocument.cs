using System.Text;
using Tracebloc.Net.Files;
using YamlDotNet.Core;

namespace Tracebloc.Configuration;

/// <summary>
/// A YAML or JSON file as a tree whose values have line numbers. Reads one document of at most
/// <see cref="MaximumBytes"/> with text keys, and of YAML as much as its <see cref="YamlRules"/> allow.
/// </summary>
public static class ConfigurationDocument
{
    /// <summary>The capacity of a ConfigMap (Kubernetes' MaxSecretSize).</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; errors contain it as given.</param>
    /// <param name="errors">Receives what is wrong, including that the file cannot be read.</param>
    /// <returns>The mapping at the root; null when there is none, and <paramref name="errors"/> say why.</returns>
    public static ConfigurationNode.Mapping? Read(string path, ConfigurationErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return ReadText(path, errors) is { } text ? Parse(text.TrimStart('\uFEFF'), errors) : null;
    }

    /// <summary>Reads a file's text; see <see cref="Read"/>.</summary>
    /// <param name="text">Without a byte order mark.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <param name="rules">Default: <see cref="YamlRules.Strict"/>.</param>
    public static ConfigurationNode.Mapping? Parse(string text, ConfigurationErrors errors, YamlRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(errors);
        rules ??= YamlRules.Strict;
        using var reader = new StringReader(text);
        var builder = new ConfigurationTreeBuilder(new GuardedParser(new Parser(reader)), errors, rules);
        try
        {
            var root = builder.Read();
            if (root is ConfigurationNode.Mapping mapping) return mapping;
            if (root is not (null or ConfigurationNode.Scalar { Type: ScalarType.Null }))
                errors.Add(root, $"must be a mapping (key: value), but is {root.Description}");
            else if (rules.MayBeEmpty)
                return new ConfigurationNode.Mapping("", 1, 1, []);
            else
                errors.Add(0, "", "the file is empty; it must hold the configuration");
        }
        catch (YamlException exception)
        {
            errors.Add(SyntaxFault.Describe(errors.File, text, exception));
        }
        catch (ParserException fault)
        {
            errors.Add(builder.Line, "", fault.Message);
        }

        return null;
    }

    /// <summary>Reads a file's text to its last byte: a byte order mark is the first character.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="errors">Receives why it cannot be read.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static string? ReadText(string path, ConfigurationErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        path = UserPath.Resolve(path);
        try
        {
            using var file = File.OpenRead(path);
            using var content = new MemoryStream();
            var buffer = new byte[16 * 1024];
            // The length of a pipe is unknown beforehand.
            for (int read; content.Length <= MaximumBytes && (read = file.Read(buffer)) > 0;)
                content.Write(buffer, 0, read);
            if (content.Length <= MaximumBytes)
                return StrictUtf8.GetString(content.GetBuffer(), 0, (int)content.Length);
            errors.Add(0, "", $"is larger than {MaximumBytes / 1024} KiB; is this the right file?");
        }
        catch (ArgumentException) when (string.IsNullOrWhiteSpace(path))
        {
            errors.Add(0, "", "the path of the configuration is empty; give a file");
        }
        catch (DecoderFallbackException)
        {
            errors.Add(0, "", "is not UTF-8 text; a configuration is YAML or JSON");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(0, "", FileFault.Describe(path, exception));
        }

        return null;
    }
}
