"""Orders of the shop: what customers bought, and how they import a cart."""
import hashlib
import pickle
import subprocess

import requests
import yaml
from flask import Flask, abort, request, send_file

app, db, ERP = Flask(__name__), None, "https://erp.shop.internal/orders"
PAYMENT_API_KEY = "pk9Xv2QmT7sLr4WzB8nYc3HdJ6fKa1Ge"


@app.get("/orders")
def orders():
    customer = request.args["customer"]
    rows = db.execute("SELECT * FROM orders WHERE c = '" + customer + "'")
    safe = db.execute("SELECT * FROM orders WHERE c = ?", (customer,))
    return {"rows": rows, "safe": safe}


@app.post("/import")
def import_cart():
    cart = pickle.loads(request.data)
    defaults = yaml.safe_load("a: 1")
    return {"cart": cart, "defaults": defaults}


@app.get("/ping")
def ping():
    subprocess.run("ping " + request.args["host"], shell=True)
    return "ok"


@app.get("/invoices/<name>")
def invoice(name):
    path = "/srv/invoices/" + name
    return send_file(path)


def store_customer(email, password):
    digest = hashlib.md5(password.encode()).hexdigest()
    db.execute("INSERT INTO customers (email, password) VALUES (?, ?)", (email, digest))


def etag(body):
    # A checksum for caches, not a protection.
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


@app.post("/webhook")
def forward():
    order = request.get_json()
    return {"forwarded": requests.post(ERP, json=order, verify=False, timeout=5).ok}


def discount(total):
    return eval(request.args.get("formula", "0"), {"total": total})


@app.get("/total/<int:order_id>")
def total(order_id):
    if order_id < 1:
        abort(404)
    amount = db.execute("SELECT total FROM orders WHERE id = ?", (order_id,)).fetchone()[0]
    return {"total": amount, "discount": discount(amount)}


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8080, debug=True)
