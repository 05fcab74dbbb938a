namespace Tracebloc.JobsManager.Forwarding;

/// <summary>An answer of the backend whose body was not read yet, or the reason of none.</summary>
internal sealed record BackendReply : IDisposable
{
    private static readonly int[] Transient = [502, 503, 504];

    /// <summary>Null: there was no answer.</summary>
    public HttpResponseMessage? Response { get; init; }

    /// <summary>The reason of no answer.</summary>
    public string Reason { get; init; } = "";

    /// <summary>True where the request may have been carried out although there is no answer.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>The status; 0: there was no answer.</summary>
    public int Status => Response is null ? 0 : (int)Response.StatusCode;

    /// <summary>True where a proxy before the backend answered, or nothing did.</summary>
    public bool IsTransient => Response is null || Transient.Contains(Status);

    public void Dispose() => Response?.Dispose();
}
