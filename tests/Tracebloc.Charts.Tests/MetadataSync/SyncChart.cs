using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Configuration;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>charts/metadata-sync, and the releases that tests make of it.</summary>
internal static class SyncChart
{
    /// <summary>Both gates open.</summary>
    public const string Enabled =
        """
        metadataStorage: {enableMetadataStorage: true}
        mysql: {host: mysql, user: sync, database: michelangelo}
        credentials: {existingSecret: mirror}

        """;

    public const string PasswordFile = "/etc/metadata-sync/mysql/password";

    public static Chart Chart { get; } = new("charts/metadata-sync");

    public static Release Release(string values) =>
        new() { ValuesFile = Chart.PathOf("ci/disabled-values.yaml"), Values = values };

    /// <summary>Installed with these values (YAML).</summary>
    public static Task<Rendering> RenderAsync(string values = "") => Chart.RenderAsync(Release(values));

    /// <summary>The same with both gates open.</summary>
    public static Task<Rendering> RenderEnabledAsync(string values = "") => RenderAsync(Enabled + values);

    public static Container ProgramIn(Rendering chart) => chart.Deployment("acme").Container("metadata-sync");

    public static string FileIn(Rendering chart, string name = "acme") =>
        chart.Find("ConfigMap", name)["data"]["config.yaml"].Text;

    /// <summary>The configuration as the program reads it, with a password in its place.</summary>
    public static SyncSettings SettingsIn(Rendering chart)
    {
        var password = Path.GetTempFileName();
        File.WriteAllText(password, "s3cret\n");
        try
        {
            return SettingsReader.Parse(
                FileIn(chart).Replace(PasswordFile, password), new ConfigurationErrors("config.yaml"), _ => null);
        }
        finally
        {
            File.Delete(password);
        }
    }
}
