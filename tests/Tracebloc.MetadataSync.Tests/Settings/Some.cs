using Tracebloc.Configuration;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Tests.Settings;

/// <summary>Configurations from text.</summary>
internal static class Some
{
    public static readonly Secret Password = new("");

    // file:LINE: path
    public static readonly IComparer<string> ByLine = Comparer<string>.Create((left, right) =>
        (LineOf(left), left).CompareTo((LineOf(right), right)));

    public static SyncSettings Settings(string text, params (string Name, string Value)[] variables) =>
        SettingsReader.Parse(
            text,
            new ConfigurationErrors("config.yaml"),
            name => variables.Where(each => each.Name == name).Select(each => each.Value).FirstOrDefault());

    public static IReadOnlyList<string> Errors(string text) =>
        [.. Assert.Throws<ConfigurationException>(() => Settings(text)).Errors.Select(error => error.ToString())];

    private static int LineOf(string error) =>
        int.TryParse(error.Split(':')[1], out var line) ? line : 0;
}
