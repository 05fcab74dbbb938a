using Tracebloc.Signatures.Signing;
using Tracebloc.Signatures.Tuf;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>The faults of signing as ends of a run.</summary>
internal static class SigningFault
{
    public static UploadException Of(string message, Exception? cause = null, bool isTransient = false) =>
        new(UploadExit.Signature, message, cause) { IsTransient = isTransient };

    /// <summary>Runs a call of the signature library.</summary>
    /// <param name="subject">The thing that was to be signed or read, which begins the message.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<T> GuardAsync<T>(
        string subject, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken);
        }
        catch (SigningException fault)
        {
            throw Of($"{subject} failed: {fault.Message}", fault, fault.IsTransient);
        }
        catch (TufException fault)
        {
            throw Of($"{subject} failed: {fault.Message}", fault, fault.Fault == TufFault.Unavailable);
        }
    }
}
