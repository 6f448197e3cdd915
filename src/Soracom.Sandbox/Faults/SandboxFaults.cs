namespace Soracom.Sandbox.Faults;

/// <summary>The faults that wait for a call. Of several that match, the one armed first strikes. Thread-safe.</summary>
public sealed class SandboxFaults
{
    private readonly Lock gate = new();
    private readonly List<SandboxFault> armed = [];

    /// <summary>What is armed, in order, each with the number of calls that it still waits for.</summary>
    public IReadOnlyList<SandboxFault> Armed
    {
        get
        {
            lock (gate)
            {
                return [.. armed];
            }
        }
    }

    /// <summary>Lets the next <see cref="SandboxFault.Count"/> matching calls go wrong.</summary>
    /// <exception cref="ArgumentException">The fault makes no sense.</exception>
    public void Arm(SandboxFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Validate(fault);
        lock (gate)
        {
            armed.Add(fault);
        }
    }

    /// <summary>Disarms everything.</summary>
    public void Clear()
    {
        lock (gate)
        {
            armed.Clear();
        }
    }

    /// <summary>The fault that strikes a call, which uses up one of its count; null for most calls.</summary>
    internal SandboxFault? Take(string method, string path, string? operatorId)
    {
        lock (gate)
        {
            var index = armed.FindIndex(fault => fault.Matches(method, path, operatorId));
            if (index < 0)
            {
                return null;
            }

            var fault = armed[index];
            if (fault.Count > 1)
            {
                armed[index] = fault with { Count = fault.Count - 1 };
            }
            else
            {
                armed.RemoveAt(index);
            }

            return fault;
        }
    }

    private static void Validate(SandboxFault fault)
    {
        Require(Enum.IsDefined(fault.Kind), "there is no such kind.");
        Require(fault.Path.StartsWith('/'), "its path does not start with '/'.");
        Require(fault.Count > 0, "its count is not positive.");
        Require(fault.Delay >= TimeSpan.Zero, "its delay is negative.");
        Require(fault.Status is null or (>= 200 and <= 599), "its status is none.");

        void Require(bool condition, string problem)
        {
            if (!condition)
            {
                throw new ArgumentException($"The fault makes no sense: {problem}", nameof(fault));
            }
        }
    }
}
