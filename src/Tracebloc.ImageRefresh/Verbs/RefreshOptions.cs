using System.CommandLine;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary>Options that several verbs of this program share.</summary>
internal static class RefreshOptions
{
    /// <summary>The configuration of a verb that cannot do without.</summary>
    public static Option<string> RequiredConfig() => new("--config")
    {
        HelpName = "FILE",
        Required = true,
        Description = "The configuration, YAML or JSON. Default: none, it must be given. "
            + "Example: --config /etc/image-refresh/refresh.yaml",
    };

    /// <summary>The configuration of a verb that needs only the registries.</summary>
    public static Option<string> RegistriesConfig() => new("--config")
    {
        HelpName = "FILE",
        Description = "A configuration file, of which only the registries are used. Default: none. "
            + "Example: --config refresh.yaml",
    };
}
