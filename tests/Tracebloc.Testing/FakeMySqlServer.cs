using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing;

/// <summary>
/// A server that speaks MySQL's protocol, takes any password and commits any fault. A statement without an answer is
/// an error to the client, and is listed.
/// </summary>
public sealed class FakeMySqlServer : IAsyncDisposable
{
    private readonly RawServer _listener;

    private FakeMySqlServer(FakeMySqlOptions options) => _listener = RawServer.Start(
        (connection, number) => new FakeMySqlConnection(this, options, number).PlayAsync(connection));

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => int.Parse(_listener.Host.Split(':')[1], CultureInfo.InvariantCulture);

    /// <summary>The connections so far.</summary>
    public int Connections => _listener.Connections;

    /// <summary>The statements so far, of all connections.</summary>
    public ConcurrentQueue<string> Statements { get; } = [];

    /// <summary>The bytes that clients sent in answer to requests for files.</summary>
    public ConcurrentQueue<byte[]> Files { get; } = [];

    /// <summary>The statements that no answer was given for.</summary>
    public ConcurrentQueue<string> Unknown { get; } = [];

    /// <param name="answer">The answer to a statement; null where it gives none.</param>
    /// <param name="certificate">Offers TLS by this certificate; null: none is offered.</param>
    public static FakeMySqlServer Start(
        Func<string, FakeSqlReply?> answer, X509Certificate2? certificate = null) =>
        Start(new FakeMySqlOptions { Answer = answer, Certificate = certificate });

    public static FakeMySqlServer Start(FakeMySqlOptions options) => new(options);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}

/// <summary>The behaviour of a <see cref="FakeMySqlServer"/>.</summary>
public sealed record FakeMySqlOptions
{
    /// <summary>The answer to a statement; null where it gives none.</summary>
    public Func<string, FakeSqlReply?> Answer { get; init; } = _ => null;

    /// <summary>Offers TLS by this certificate; null: none is offered.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The version in the greeting and in the answer to SELECT VERSION().</summary>
    public string Version { get; init; } = "8.4.0";

    /// <summary>The value of local_infile.</summary>
    public bool LocalInfile { get; init; } = true;

    /// <summary>The value of max_allowed_packet.</summary>
    public long MaxAllowedPacket { get; init; } = 64 << 20;

    /// <summary>The answer to the password; null: success.</summary>
    public FakeSqlReply? Login { get; init; }
}
