package io.multicloudboutique.client.checkout;

/** The steps of a checkout, in order. */
public enum Step {
    /** Reading what earlier runs of the order have done. */
    LOOK_UP("reading the results of earlier runs", ""),
    /** Reading the names, prices and availability of the ordered items. */
    VALIDATE("checking the order", ""),
    /** Holding the stock. */
    HOLD("holding the stock", "the hold"),
    /** Charging the customer with {@link Payments#charge}. */
    CHARGE("charging the customer", "the charge, if there was one"),
    /** Recording the transaction. */
    RECORD("recording the transaction", "the transaction"),
    /** Confirming the hold, which deducts the products from the stock. */
    CONFIRM("confirming the hold", "");

    private final String doing;
    private final String effect;

    Step(String doing, String effect) {
        this.doing = doing;
        this.effect = effect;
    }

    String doing() {
        return doing;
    }

    /** Returns the effect of the step in words, for messages; empty if the step has no effect that can be undone. */
    String effect() {
        return effect;
    }
}
