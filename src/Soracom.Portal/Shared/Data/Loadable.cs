using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Data;

/// <summary>What a page shows of something that it asked for.</summary>
/// <typeparam name="T">What it asked for.</typeparam>
public abstract record Loadable<T>
{
    private Loadable()
    {
    }

    /// <summary>Not there yet.</summary>
    public sealed record Loading : Loadable<T>;

    /// <summary>There.</summary>
    /// <param name="Value">What was asked for.</param>
    /// <param name="At">When it was read.</param>
    public sealed record Ready(T Value, DateTimeOffset At) : Loadable<T>;

    /// <summary>There is nothing.</summary>
    /// <param name="Filtered">Whether there might be without the filter.</param>
    /// <param name="At">When it was read.</param>
    public sealed record Empty(bool Filtered, DateTimeOffset At) : Loadable<T>;

    /// <summary>It could not be had.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Failed(PortalError Error) : Loadable<T>;
}
