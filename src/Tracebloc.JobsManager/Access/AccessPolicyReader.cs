using System.Diagnostics.CodeAnalysis;
using Tracebloc.Configuration;

namespace Tracebloc.JobsManager.Access;

/// <summary>
/// Reads an ingestion-authz.yaml: <c>allowed</c>, a list of <c>service_account</c>, <c>namespace</c> and
/// <c>table_prefixes</c>.
/// </summary>
internal static class AccessPolicyReader
{
    /// <param name="text">The file's text.</param>
    /// <param name="ownNamespace">The namespace of an entry that names none.</param>
    /// <param name="errors">Receives every error.</param>
    /// <returns>Null when there is an error.</returns>
    public static AccessPolicy? Read(string text, string ownNamespace, ConfigurationErrors errors)
    {
        if (ConfigurationDocument.Parse(text.TrimStart('\uFEFF'), errors) is not { } root) return null;
        var reader = new ConfigurationReader(root, errors);
        AccessRule[] rules = [.. reader.Items("allowed").Select(item => Rule(item, ownNamespace))];
        reader.RefuseUnknownKeys();
        return errors.IsEmpty ? new AccessPolicy(rules) : null;
    }

    private static AccessRule Rule(ConfigurationReader entry, string ownNamespace)
    {
        var account = entry.RequiredText("service_account", "service_account: ingestor");
        var ns = entry.Text("namespace");
        var prefixes = Prefixes(entry);
        entry.RefuseUnknownKeys();
        return new AccessRule(account ?? "", ns ?? ownNamespace, prefixes);
    }

    // The client chart writes an empty list where its values name no prefix: the account may write no table.
    private static IReadOnlyList<string> Prefixes(ConfigurationReader entry)
    {
        const string Key = "table_prefixes";
        switch (entry.Find(Key))
        {
            case null:
                entry.Missing(Key, "write table_prefixes: [\"team_\"], or [\"*\"] for every table");
                return [];
            case ConfigurationNode.Sequence { Items: [] }:
                return [];
            default:
                return entry.Texts<string>(Key, TryParse);
        }
    }

    private static bool TryParse(
        string text, [NotNullWhen(true)] out string? prefix, [NotNullWhen(false)] out string? error)
    {
        var isPrefix = text == AccessRule.Any
            || (text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'));
        prefix = isPrefix ? text : null;
        error = isPrefix
            ? null
            : $"\"{text}\" is not a prefix of tables; write letters, digits and _, or * alone for every table";
        return isPrefix;
    }
}
