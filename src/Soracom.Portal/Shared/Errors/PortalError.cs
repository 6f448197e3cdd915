namespace Soracom.Portal.Shared.Errors;

/// <summary>
/// Why a feature service could not do what it was asked. Features add their own; <see cref="ErrorWords"/> turns each into
/// words for the user.
/// </summary>
/// <param name="Key">
/// Names the error's texts in the resources: <c>Error.Key.Title</c>, <c>.What</c> (which may hold places for
/// <see cref="Arguments"/>) and <c>.Next</c>.
/// </param>
public abstract record PortalError(string Key)
{
    /// <summary>What the text speaks of. Never a secret.</summary>
    public IReadOnlyList<object> Arguments { get; protected init; } = [];
}

/// <summary>The value that a service answers with, or why there is none.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
public readonly record struct Result<T>
{
    private readonly T? value;

    internal Result(T? value, PortalError? error)
    {
        this.value = value;
        Error = error;
    }

    /// <summary>Why there is no value; null when there is one.</summary>
    public PortalError? Error { get; }

    /// <summary>The value. Only there when <see cref="Error"/> is null.</summary>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"There is no value but {Error.GetType().Name}.");

    /// <summary>Wraps a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Result<T>(T value) => new(value, error: null);

    /// <summary>Wraps an error.</summary>
    /// <param name="error">Why there is no value.</param>
    public static implicit operator Result<T>(PortalError error) => new(default, error);

    /// <summary>Turns the value into another; an error stays what it is.</summary>
    /// <typeparam name="TOther">The other.</typeparam>
    /// <param name="map">Turns it.</param>
    /// <returns>The other, or the same error.</returns>
    public Result<TOther> Then<TOther>(Func<T, TOther> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Error is { } error ? error : map(Value);
    }
}

/// <summary>Makes results of values whose type is an interface, which can't be converted to one.</summary>
public static class Result
{
    /// <summary>Wraps a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The result.</returns>
    public static Result<T> Of<T>(T value) => new(value, error: null);
}
