using System.CommandLine;
using System.Net;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>The options of the read API.</summary>
internal sealed class ApiArguments
{
    private readonly Option<IPEndPoint?> _listen = Listen(
        "--listen-api",
        "Where the read API is served; with --tls-cert over HTTPS, which kubectl needs to send a token. "
        + "Example: --listen-api [::]:8443");

    private readonly Option<string?> _certificate = new("--tls-cert")
    {
        HelpName = "FILE",
        Description = "The certificate of the read API and its chain, PEM; read again when it changes. "
            + "Default: none, HTTP. Example: --tls-cert tls.crt",
    };

    private readonly Option<string?> _key = new("--tls-key")
    {
        HelpName = "FILE",
        Description = "The key of --tls-cert, PEM. Example: --tls-key tls.key",
    };

    private readonly Option<bool> _loopback = new("--allow-loopback")
    {
        Description = "Requests of this machine without credentials may do all. Default: off. "
            + "Example: --allow-loopback",
    };

    /// <summary>An option whose value is an address to listen on.</summary>
    public static Option<IPEndPoint?> Listen(string name, string description) => new(name)
    {
        HelpName = "ADDRESS",
        Description = description,
        CustomParser = result => ListenAddress.TryParse(Parsing.Value(result), out var address)
            ? address
            : Parsing.Reject<IPEndPoint?>(
                result, $"{name} \"{Parsing.Value(result)}\" is not ADDRESS:PORT; write it like [::]:8080."),
    };

    public void AddTo(Verb verb, bool isNeeded)
    {
        _listen.Required = isNeeded;
        verb.Add(_listen, _certificate, _key, _loopback);
    }

    public ApiOptions Of(ParseResult result) => new(result.GetValue(_listen))
    {
        Certificate = result.GetValue(_certificate),
        Key = result.GetValue(_key),
        AllowsLoopback = result.GetValue(_loopback),
    };
}

/// <summary>The read API.</summary>
/// <param name="Listen">Its address; null: it is not served.</param>
internal sealed record ApiOptions(IPEndPoint? Listen)
{
    public string? Certificate { get; init; }

    public string? Key { get; init; }

    public bool AllowsLoopback { get; init; }
}
