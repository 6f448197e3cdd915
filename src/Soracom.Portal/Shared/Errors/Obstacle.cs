using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Shared.Errors;

/// <summary>Why a thing as it is does not allow an act: known before it is asked for, so that the act is offered with the reason beside it.</summary>
public sealed record Obstacle
{
    /// <summary>Creates the obstacle.</summary>
    /// <param name="key">Names its text in the resources: <c>Obstacle.Key</c>.</param>
    /// <param name="arguments">What the text speaks of.</param>
    public Obstacle(string key, params IReadOnlyList<string> arguments)
    {
        Key = key;
        Arguments = arguments;
    }

    /// <summary>Names its text.</summary>
    public string Key { get; }

    /// <summary>What the text speaks of.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The reason in words.</summary>
    /// <param name="words">The texts.</param>
    /// <returns>A sentence.</returns>
    public string InWords(IStringLocalizer<Strings> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words[$"Obstacle.{Key}", [.. Arguments]];
    }
}

/// <summary>The thing does not allow the act; nothing was sent.</summary>
/// <param name="Why">Why.</param>
public sealed record ObstacleError(Obstacle Why) : PortalError("Obstacle");
