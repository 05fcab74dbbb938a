using System.CommandLine;
using System.CommandLine.Parsing;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.CommandLine;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.ChartUpgrade.Verbs;

/// <summary>The options that say where the chart comes from.</summary>
internal sealed class ChartArguments
{
    public Option<string> Chart { get; } = new("--chart")
    {
        HelpName = "NAME",
        Required = true,
        Description = "The chart's name in the repository. Default: none, it must be given. Example: --chart client",
        CustomParser = result => Names.Checked(
            result, name => KubernetesName.IsSubdomain(name), "a chart's name", "client"),
    };

    public Option<Uri> Repository { get; } = new("--repo-url")
    {
        HelpName = "URL",
        Required = true,
        Description = "The chart repository: the folder of its index.yaml, without credentials. http:// needs "
            + "--keyring. Default: none, it must be given. Example: --repo-url https://tracebloc.github.io/client",
        CustomParser = result => Parsing.Value(result) is var text && IsRepository(text, out var address)
            ? address
            : Parsing.Reject<Uri>(result, "--repo-url is not a chart repository: write it as https://HOST/PATH, "
                + "with credentials in --repo-username and --repo-password-file."),
    };

    public Option<string> CaFile { get; } = new("--repo-ca-file")
    {
        HelpName = "FILE",
        Description = "PEM file of the authorities to trust for the repository. Default: the system's. "
            + "Example: --repo-ca-file /etc/repo/ca.crt",
    };

    public Option<string> Username { get; } = new("--repo-username")
    {
        HelpName = "NAME",
        Description = "The user name for the repository. Default: none. Example: --repo-username edge-7",
    };

    public Option<string> PasswordFile { get; } = new("--repo-password-file")
    {
        HelpName = "FILE",
        Description = "A file with the password of --repo-username. Default: none. "
            + "Example: --repo-password-file /etc/repo/password",
    };

    public Option<string> Keyring { get; } = new("--keyring")
    {
        HelpName = "FILE",
        Description = "Public keys as gpg --export writes them; a chart that none of them signed changes nothing. "
            + "Default: none, provenance is not verified. Example: --keyring /etc/keyring/pubring.gpg",
    };

    public void AddTo(Verb verb)
    {
        verb.Add(Repository, Chart, Keyring, CaFile, Username, PasswordFile);
        verb.Require(result =>
        {
            if (result.GetResult(Username) is null != result.GetResult(PasswordFile) is null)
                result.AddError("--repo-username and --repo-password-file go together.");
            else if (IsExposed(result) && result.GetResult(PasswordFile) is not null)
                result.AddError("--repo-password-file would be sent unencrypted to a --repo-url with "
                    + "http://; use https://.");
            else if (IsExposed(result) && result.GetResult(Keyring) is null)
                result.AddError("--repo-url is plain HTTP and --keyring is empty: anyone on the network could replace "
                    + "the chart; use https:// or --keyring.");
        });
    }

    public ChartSource Of(ParseResult result) => new()
    {
        Chart = result.GetRequiredValue(Chart),
        Repository = result.GetRequiredValue(Repository),
        CaFile = result.GetValue(CaFile),
        Username = result.GetValue(Username),
        PasswordFile = result.GetValue(PasswordFile),
        Keyring = result.GetValue(Keyring),
    };

    // By the token: the value of an address that is refused cannot be read.
    private bool IsExposed(CommandResult result) =>
        result.GetResult(Repository)?.Tokens is [var token] && IsRepository(token.Value, out var address)
        && address is not null && PlainHttp.IsExposed(address);

    // Helm's oci:// needs neither an index nor this option, and no customer has one.
    private static bool IsRepository(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address is { UserInfo: "", Query: "", Fragment: "" };
}
